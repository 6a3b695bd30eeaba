//! The gazetteer: actors and places with their names, adjectives, seats, and what contains what.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Deserialize;
use toml::Spanned;

use super::lexicon::form;
use super::{RuleFile, RuleFiles, names};
use crate::error::Error;
use crate::value::Name;

/// Actors and places by canonical name.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    names: Vec<(String, NameSense)>,
    within: BTreeMap<Name, Name>,
    kinds: BTreeMap<Name, Name>,
}

/// What one spelling stands for.
#[derive(Clone, Debug)]
pub struct NameSense {
    /// `actor` or `place`.
    pub class: &'static str,
    /// The canonical name.
    pub name: Name,
    /// Country, region, group, city, ….
    pub kind: Name,
    /// Name, people or seat, a bit of [`form`].
    pub form: u16,
}

impl Gazetteer {
    /// Loads the files of `gazetteer/`, and the further spellings of their names.
    pub fn load(files: &RuleFiles) -> Result<Self, Vec<Error>> {
        let mut gazetteer = Self::default();
        let mut errors = Vec::new();
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let files_of_names: Vec<&RuleFile> = files.below("gazetteer/").collect();
        let parsed: Vec<_> = files_of_names.par_iter().map(|file| file.parse::<NameFile>()).collect();
        for (file, parsed) in files_of_names.into_iter().zip(parsed) {
            let parsed = match parsed {
                Ok(parsed) => parsed,
                Err(error) => {
                    errors.push(error);
                    continue;
                }
            };
            for entry in parsed.actor {
                gazetteer.add("actor", &entry, file, &mut seen, &mut errors);
            }
            for entry in parsed.place {
                gazetteer.add("place", &entry, file, &mut seen, &mut errors);
            }
        }
        match names::load(files) {
            Ok(groups) => groups.iter().for_each(|same| gazetteer.add_spellings(same, &mut seen, &mut errors)),
            Err(faults) => errors.extend(faults),
        }
        gazetteer.add_worn_possessives(&seen);
        if errors.is_empty() { Ok(gazetteer) } else { Err(errors) }
    }

    /// Possessives of actors' names whose apostrophe was lost on the way ("Syrias president"), unless they name another.
    fn add_worn_possessives(&mut self, seen: &BTreeMap<String, String>) {
        let actors = self.names.iter().filter(|(text, sense)| {
            sense.class == "actor" && sense.form == form::NAME && text.ends_with(|c: char| c.is_lowercase() && c != 's')
        });
        let worn: Vec<_> = actors.map(|(text, sense)| (format!("{text}s"), sense.clone())).collect();
        self.names.extend(worn.into_iter().filter(|(text, _)| !seen.contains_key(text)));
    }

    /// Further spellings of a name that is known stand for what it stands for.
    fn add_spellings(&mut self, same: &names::Same<'_>, seen: &mut BTreeMap<String, String>, errors: &mut Vec<Error>) {
        let of_first = self.names.iter().filter(|(text, _)| *text == same.first);
        let senses: Vec<NameSense> = of_first.map(|(_, sense)| sense.clone()).collect();
        let known = seen.get(&same.first).cloned();
        for other in &same.others {
            let text = other.get_ref();
            if let Some(first) = seen.get(text) {
                let error = same.file.error(other.span(), format!("`{text}` already names `{first}`"));
                errors
                    .push(error.help(
                        "take it out here or in gazetteer/; a name that gazetteer/ has comes first in its group",
                    ));
                continue;
            }
            seen.extend(known.clone().map(|known| (text.clone(), known)));
            self.names.extend(senses.iter().map(|sense| (text.clone(), sense.clone())));
        }
    }

    fn add(
        &mut self,
        class: &'static str,
        entry: &NameEntry,
        file: &RuleFile,
        seen: &mut BTreeMap<String, String>,
        errors: &mut Vec<Error>,
    ) {
        let name = Name::from(entry.name.get_ref().as_str());
        let kind = Name::from(entry.kind.as_str());
        let own = std::iter::once(&entry.name).chain(&entry.aliases);
        let spellings = own
            .map(|s| (s, form::NAME))
            .chain(entry.stands_in.iter().map(|s| (s, form::SEAT)))
            .chain(entry.people.iter().map(|s| (s, form::PEOPLE)));
        for (spelling, form) in spellings {
            let text = spelling.get_ref();
            if let Some(first) = seen.insert(text.clone(), entry.name.get_ref().clone()) {
                // A country and its people may share a spelling only across different entries' errors.
                errors.push(
                    file.error(spelling.span(), format!("`{text}` already names `{first}`"))
                        .help("each spelling stands for one actor or place; keep the likelier one"),
                );
                continue;
            }
            self.names.push((text.clone(), NameSense { class, name: name.clone(), kind: kind.clone(), form }));
            if form == form::SEAT {
                let seat =
                    NameSense { class: "place", name: text.as_str().into(), kind: "city".into(), form: form::NAME };
                self.within.insert(seat.name.clone(), name.clone());
                self.names.push((text.clone(), seat));
            }
        }
        if let Some(within) = &entry.within {
            self.within.insert(name.clone(), Name::from(within.as_str()));
        }
        self.kinds.insert(name, kind);
    }

    /// Every spelling with what it stands for.
    pub fn names(&self) -> impl Iterator<Item = (&str, &NameSense)> {
        self.names.iter().map(|(text, sense)| (text.as_str(), sense))
    }

    /// The actor that a spelling stands for.
    pub fn actor(&self, spelling: &str) -> Option<&Name> {
        let is_it = |(text, sense): &&(String, NameSense)| text == spelling && sense.class == "actor";
        self.names.iter().find(is_it).map(|(_, sense)| &sense.name)
    }

    /// What directly contains a place or actor.
    pub fn within(&self, name: &Name) -> Option<&Name> {
        self.within.get(name)
    }

    /// Country, region, group, city, ….
    pub fn kind(&self, name: &Name) -> Option<&Name> {
        self.kinds.get(name)
    }

    /// True if `inner` is `outer` or lies in it, however many steps down.
    pub fn contains(&self, outer: &Name, inner: &Name) -> bool {
        std::iter::successors(Some(inner), |n| self.within.get(*n)).take(8).any(|n| n == outer)
    }
}

/// One file of names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameFile {
    #[serde(default)]
    actor: Vec<NameEntry>,
    #[serde(default)]
    place: Vec<NameEntry>,
}

/// One actor or place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NameEntry {
    name: Spanned<String>,
    kind: String,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    stands_in: Vec<Spanned<String>>,
    #[serde(default)]
    people: Vec<Spanned<String>>,
    within: Option<String>,
}
