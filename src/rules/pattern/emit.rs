//! The compiler: from a pattern's tree to the steps of a backtracking machine, with gates at every fork.

use super::{Instr, NONE, Node, Program, Test};
use crate::rules::lexicon::WordId;
use crate::rules::symbol::{Symbol, SymbolSet};

/// True if the node only asks for classes, without tests, captures or words.
fn is_class(node: &Node) -> bool {
    match node {
        Node::Symbol(_, test) => *test == Test::default(),
        Node::Alt(all) => all.iter().all(is_class),
        _ => false,
    }
}

/// Adds the classes of a node that [`is_class`].
fn classes(node: &Node, out: &mut SymbolSet) {
    match node {
        Node::Symbol(symbol, _) => out.insert(*symbol),
        Node::Alt(all) => all.iter().for_each(|node| classes(node, out)),
        _ => {}
    }
}

fn has_capture(node: &Node) -> bool {
    match node {
        Node::Capture(..) => true,
        Node::Seq(all) | Node::Alt(all) => all.iter().any(has_capture),
        Node::Repeat(inner, ..) | Node::Look(_, inner) => has_capture(inner),
        Node::Symbol(..) | Node::Words(_) | Node::Any | Node::Start | Node::End => false,
    }
}

/// What is looked for: its classes, and its other alternatives.
fn parted(node: &Node) -> (SymbolSet, Vec<&Node>) {
    let mut set = SymbolSet::default();
    let mut others = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match node {
            Node::Alt(all) => open.extend(all.iter().rev()),
            node if is_class(node) => classes(node, &mut set),
            node => others.push(node),
        }
    }
    (set, others)
}

impl Program {
    /// Emits the whole pattern and works out the gates.
    pub(super) fn emit_all(&mut self, node: &Node) {
        self.emit(node, NONE);
        self.code.push(Instr::Match);
        self.gates();
    }

    fn capture(&mut self, name: &str) -> u8 {
        number(&mut self.captures, name.into()) as u8
    }

    fn test(&mut self, test: &Test) -> u8 {
        if *test == Test::default() { NONE } else { number(&mut self.tests, test.clone()) as u8 }
    }

    fn set(&mut self, set: SymbolSet) -> u16 {
        number(&mut self.sets, set)
    }

    fn words(&mut self, words: &[WordId]) -> u16 {
        number(&mut self.words, words.into())
    }

    fn here(&self) -> u16 {
        self.code.len() as u16
    }

    /// Leaves room for a step that is filled in later.
    fn room(&mut self) -> usize {
        self.code.push(Instr::Jump(0));
        self.code.len() - 1
    }

    fn emit(&mut self, node: &Node, capture: u8) {
        match node {
            Node::Symbol(symbol, test) => {
                let test = self.test(test);
                self.code.push(Instr::Symbol { symbol: *symbol, test, capture });
            }
            Node::Words(words) => {
                let words = self.words(words);
                self.code.push(Instr::Words { words, capture });
            }
            Node::Any => self.code.push(Instr::Any { capture }),
            Node::Seq(all) => self.emit_sequence(all),
            Node::Alt(all) => self.emit_alternatives(node, all),
            Node::Repeat(inner, low, high, lazy) => self.emit_repeat(inner, *low, *high, *lazy),
            Node::Capture(name, inner) => {
                // What each alternative matched is kept with its own class.
                if let Node::Alt(all) = &**inner {
                    let each = all.iter().map(|n| Node::Capture(name.clone(), n.clone().into())).collect();
                    return self.emit(&Node::Alt(each), NONE);
                }
                let capture = self.capture(name);
                if matches!(**inner, Node::Symbol(..) | Node::Words(_) | Node::Any) {
                    self.emit(inner, capture);
                } else {
                    self.code.push(Instr::Open(capture));
                    self.emit(inner, NONE);
                    self.code.push(Instr::Close(capture));
                }
            }
            Node::Look(wanted, inner) => self.emit_look(*wanted, inner),
            Node::Start => self.code.push(Instr::Start),
            Node::End => self.code.push(Instr::End),
        }
    }

    fn emit_sequence(&mut self, all: &[Node]) {
        let mut rest = all;
        while let [node, after @ ..] = rest {
            match (node, after) {
                (Node::Look(false, inner), [Node::Any, after @ ..]) if is_class(inner) => {
                    let mut set = SymbolSet::default();
                    classes(inner, &mut set);
                    let set = self.set(set);
                    self.code.push(Instr::Other { set });
                    rest = after;
                }
                _ => {
                    self.emit(node, NONE);
                    rest = after;
                }
            }
        }
    }

    fn emit_alternatives(&mut self, node: &Node, all: &[Node]) {
        let shortcut = is_class(node).then(|| self.room());
        let mut ends = Vec::new();
        for (i, n) in all.iter().enumerate() {
            if i + 1 == all.len() {
                self.emit(n, NONE);
                break;
            }
            let split = self.room();
            self.emit(n, NONE);
            ends.push(self.room());
            self.split(split, split as u16 + 1, self.here());
        }
        let end = self.here();
        for at in ends {
            self.code[at] = Instr::Jump(end);
        }
        if let Some(at) = shortcut {
            let mut set = SymbolSet::default();
            classes(node, &mut set);
            self.code[at] = Instr::Class { set: self.set(set), to: end };
        }
    }

    fn split(&mut self, at: usize, first: u16, second: u16) {
        self.code[at] = Instr::Split { first, first_gate: 0, second, second_gate: 0 };
    }

    /// Classes are looked for in one step; what is left needs a run of its own.
    fn emit_look(&mut self, wanted: bool, inner: &Node) {
        let (set, others) = parted(inner);
        let classed = !(set.is_empty() || wanted && has_capture(inner));
        let set = self.set(set);
        match (wanted, classed) {
            (_, true) if others.is_empty() => self.code.push(Instr::LookClass { wanted, set }),
            (true, true) => {
                let at = self.room();
                self.emit_look_run(true, &Node::Alt(others.into_iter().cloned().collect()));
                self.code[at] = Instr::Meets { set, to: self.here() };
            }
            (false, true) => {
                self.code.push(Instr::LookClass { wanted, set });
                others.into_iter().for_each(|other| self.emit_look_run(false, other));
            }
            (_, false) => self.emit_look_run(wanted, inner),
        }
    }

    fn emit_look_run(&mut self, wanted: bool, inner: &Node) {
        if let Node::Symbol(symbol, test) = inner {
            let test = self.test(test);
            self.code.push(Instr::LookSymbol { wanted, symbol: *symbol, test });
            return;
        }
        let at = self.room();
        self.emit(inner, NONE);
        self.code.push(Instr::Match);
        self.code[at] = Instr::Look { wanted, to: self.here(), gate: 0 };
    }

    fn emit_repeat(&mut self, inner: &Node, low: u32, high: Option<u32>, lazy: bool) {
        for _ in 0..low {
            self.emit(inner, NONE);
        }
        let mut splits = Vec::new();
        match high {
            None => {
                let at = self.room();
                self.emit(inner, NONE);
                self.code.push(Instr::Jump(at as u16));
                splits.push(at);
            }
            Some(high) => {
                for _ in low..high {
                    splits.push(self.room());
                    self.emit(inner, NONE);
                }
            }
        }
        let end = self.here();
        for at in splits {
            let body = at as u16 + 1;
            let (first, second) = if lazy { (end, body) } else { (body, end) };
            self.split(at, first, second);
        }
    }

    /// Works out what a match from each place can begin with, and fills in the gates of forks and looks.
    fn gates(&mut self) {
        let mut begins = vec![SymbolSet::default(); self.code.len() + 1];
        loop {
            let mut changed = false;
            for at in (0..self.code.len()).rev() {
                let set = self.begins(at, &begins);
                changed |= begins[at] != set;
                begins[at] = set;
            }
            if !changed {
                break;
            }
        }
        for at in 0..self.code.len() {
            self.code[at] = match self.code[at] {
                Instr::Split { first, second, .. } => {
                    let first_gate = self.set(begins[usize::from(first)]);
                    let second_gate = self.set(begins[usize::from(second)]);
                    Instr::Split { first, first_gate, second, second_gate }
                }
                Instr::Look { wanted, to, .. } => Instr::Look { wanted, to, gate: self.set(begins[at + 1]) },
                other => other,
            };
        }
        self.second = self.after_first(&begins);
    }

    /// What a match can go on with once its first step has consumed something.
    fn after_first(&self, begins: &[SymbolSet]) -> SymbolSet {
        let mut out = SymbolSet::default();
        let mut seen = vec![false; self.code.len()];
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match self.code[at] {
                Instr::Symbol { .. } | Instr::Words { .. } | Instr::Other { .. } | Instr::Any { .. } => {
                    out.extend(&begins[at + 1]);
                }
                Instr::Class { to, .. } => {
                    out.extend(&begins[usize::from(to)]);
                    open.push(at + 1);
                }
                Instr::Split { first, second, .. } => open.extend([usize::from(first), usize::from(second)]),
                Instr::Meets { to, .. } => open.extend([at + 1, usize::from(to)]),
                Instr::Jump(to) | Instr::Look { to, .. } => open.push(usize::from(to)),
                Instr::Open(_)
                | Instr::Close(_)
                | Instr::LookClass { .. }
                | Instr::LookSymbol { .. }
                | Instr::Start
                | Instr::End => open.push(at + 1),
                Instr::Match => out.insert(Symbol::ANYTHING),
            }
        }
        out
    }

    /// What a match from the step at `at` can begin with, by what is known of the steps after it.
    fn begins(&self, at: usize, begins: &[SymbolSet]) -> SymbolSet {
        let only = |symbol: Symbol| {
            let mut set = SymbolSet::default();
            set.insert(symbol);
            set
        };
        let either = |a: SymbolSet, b: &SymbolSet| {
            let mut set = a;
            set.extend(b);
            set
        };
        let after = |to: u16| &begins[usize::from(to)];
        match self.code[at] {
            Instr::Symbol { symbol, .. } | Instr::LookSymbol { wanted: true, symbol, .. } => only(symbol),
            Instr::Words { words, .. } => {
                let mut set = SymbolSet::default();
                self.words[usize::from(words)].iter().for_each(|word| set.insert_word(*word));
                set
            }
            Instr::Class { set, .. } | Instr::LookClass { wanted: true, set } => self.sets[usize::from(set)],
            Instr::Other { .. } | Instr::Any { .. } | Instr::End | Instr::Match => only(Symbol::ANYTHING),
            Instr::Split { first, second, .. } => either(*after(first), after(second)),
            Instr::Meets { to, .. } => either(begins[at + 1], after(to)),
            Instr::Jump(to) | Instr::Look { wanted: false, to, .. } => *after(to),
            Instr::Look { wanted: true, to, .. } if begins[at + 1].has(Symbol::ANYTHING) => *after(to),
            Instr::Look { wanted: true, .. }
            | Instr::Open(_)
            | Instr::Close(_)
            | Instr::LookClass { wanted: false, .. }
            | Instr::LookSymbol { wanted: false, .. }
            | Instr::Start => begins[at + 1],
        }
    }
}

/// The number of `item` in the list, to which it is added if it is new.
fn number<T: PartialEq>(list: &mut Vec<T>, item: T) -> u16 {
    let at = list.iter().position(|known| *known == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    });
    at as u16
}
