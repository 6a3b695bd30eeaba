//! The closed vocabularies of the claim model, each name written once.

/// Declares an enum whose variants are written as the given strings everywhere: in rule files, in every
/// output and in the terminal.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("Written `", $text, "`.")] $variant),+ }

        impl $name {
            /// Every value, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name as it is written in rule files and outputs.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(format!(
                        "`{text}` is not one of {}",
                        Self::ALL.iter().map(|v| format!("`{v}`")).collect::<Vec<_>>().join(", ")
                    )),
                }
            }
        }
    };
}

vocabulary! {
    /// What kind of statement a claim is.
    ClaimKind {
        Casualty = "casualty",
        Strength = "strength",
        Timing = "timing",
        Blame = "blame",
        Denial = "denial",
    }
}

vocabulary! {
    /// What befell the people counted, or what they were doing there.
    Outcome {
        Killed = "killed",
        Injured = "injured",
        Missing = "missing",
        Captured = "captured",
        Displaced = "displaced",
        /// Dead and wounded together in one figure.
        Casualties = "casualties",
        Deployed = "deployed",
        Present = "present",
    }
}

vocabulary! {
    /// How the number is qualified in the text.
    Qualifier {
        Exact = "exact",
        About = "about",
        AtLeast = "at_least",
        MoreThan = "more_than",
        AtMost = "at_most",
        FewerThan = "fewer_than",
        Nearly = "nearly",
        Range = "range",
        Vague = "vague",
        None = "none",
    }
}

vocabulary! {
    /// Who the people counted are.
    VictimClass {
        Military = "military",
        Police = "police",
        Militant = "militant",
        Civilian = "civilian",
        Child = "child",
        Woman = "woman",
        /// A specific role: journalist, worker, medic, passenger.
        Other = "other",
        /// People, or not said.
        Any = "any",
    }
}

impl VictimClass {
    /// True when people of class `inner` are people of this one.
    pub fn covers(self, inner: Self) -> bool {
        use VictimClass::{Any, Child, Civilian, Militant, Military, Other, Woman};
        self == inner
            || self == Any
            || matches!((self, inner), (Civilian, Child | Woman | Other) | (Military, Militant) | (Militant, Military))
    }
}

vocabulary! {
    /// How the text speaks of the people counted.
    Referent {
        /// People not spoken of before: "six people", "a soldier".
        New = "new",
        /// One person by name: "Alexis Malone".
        Named = "named",
        /// One person of whom the text has spoken: "the boy", "she".
        Known = "known",
    }
}

vocabulary! {
    /// How a figure stands to others of its own series.
    Standing {
        /// The text says nothing of others.
        Plain = "plain",
        /// An earlier figure that the text replaces: "up from 84", "an earlier toll of 84".
        Former = "former",
        /// A figure that the text says replaces an earlier one: "lowered its toll to 79".
        Revised = "revised",
        /// A figure of a count that begins anew: "since fighting resumed".
        Anew = "anew",
    }
}

vocabulary! {
    /// How sure the text is.
    Modality {
        Asserted = "asserted",
        Hedged = "hedged",
        Denied = "denied",
    }
}

vocabulary! {
    /// What of a claim is measured against annotated articles.
    ClaimField {
        Outcome = "outcome",
        Value = "value",
        Qualifier = "qualifier",
        Class = "class",
        Side = "side",
        Speaker = "speaker",
        Time = "time",
        Phase = "phase",
        What = "what",
        Accused = "accused",
    }
}

vocabulary! {
    /// Which part of an event a timing claim dates.
    Phase {
        Start = "start",
        End = "end",
        Occurrence = "occurrence",
    }
}

vocabulary! {
    /// What a finding compares.
    FindingKind {
        Figure = "figure",
        Timing = "timing",
        Blame = "blame",
        Denial = "denial",
    }
}

vocabulary! {
    /// How two positions relate, in rising gravity.
    Verdict {
        /// The same, or one a vaguer form of the other.
        Agreement = "agreement",
        /// Figures that differ because what is counted differs.
        Scope = "scope",
        /// A later running total of the same thing.
        Update = "update",
        /// Cannot both be true of the same thing at the same time.
        Contradiction = "contradiction",
    }
}

vocabulary! {
    /// What a reviewer decided on a finding.
    Judgement {
        /// The accounts differ, as the finding says.
        Confirmed = "confirmed",
        /// They do not, or it does not matter.
        Dismissed = "dismissed",
    }
}

vocabulary! {
    /// What a reviewer can correct in a claim.
    Correctable {
        /// How many people.
        Figure = "figure",
        /// Who says it.
        Speaker = "speaker",
        /// What happening it is about.
        Event = "event",
    }
}

vocabulary! {
    /// What became of a claim's quote when it was looked for again.
    EvidenceStatus {
        /// It stands at its place.
        Ok = "ok",
        /// It stands at its place in a text that is not the same any more.
        Changed = "changed",
        /// It stands elsewhere in the document, or with other white space.
        Moved = "moved",
        /// It is not in the document.
        Vanished = "vanished",
        /// No document has its document's id.
        Missing = "missing",
    }
}

vocabulary! {
    /// Why a sentence with a number and a word of casualty gave no casualty claim.
    GapReason {
        /// Its numbers count something else: times, ages, money, things.
        NoPeople = "no-people",
        /// A number counts something that no word of the rules stands for.
        UnknownNoun = "unknown-noun",
        /// People and harm are there, and no rule joins them.
        NoRule = "no-rule",
        /// The people do the harm.
        Doers = "doers",
        /// People and harm stand in a negation, or in a sentence that denies.
        DeniedOrNegated = "denied-or-negated",
        /// People and harm are of what may be, not of what was.
        Hypothetical = "hypothetical",
        /// The people are counted by a claim of another kind.
        Overlapped = "overlapped",
        /// A group of whom the text has not said how many they are.
        UnresolvedGroup = "unresolved-group",
        /// It stands outside the article.
        PageFurniture = "page-furniture",
    }
}

vocabulary! {
    /// What a number counts that counts no people.
    Counted {
        Time = "time",
        Age = "age",
        Money = "money",
        /// What word lists know as no people.
        Thing = "thing",
        /// Something that no word list knows.
        Noun = "noun",
        /// No noun follows.
        Nothing = "nothing",
    }
}
