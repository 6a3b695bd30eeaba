//! Agencies and houses of outlets, with every name they go by: the page, the lexicon and the origins ask here.

use serde::Deserialize;

use super::{RuleFile, RuleFiles};
use crate::error::Error;

/// The folder of the files.
const FOLDER: &str = "outlets/";

/// `outlets/*.toml`: who writes what others carry, and which outlets are one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlets {
    #[serde(default)]
    agency: Vec<Outlet>,
    #[serde(default)]
    house: Vec<Outlet>,
}

/// An agency or a house, and its further names.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outlet {
    name: String,
    also: Vec<String>,
}

impl Outlet {
    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.also).map(String::as_str)
    }

    fn is_called(&self, name: &str) -> bool {
        self.names().any(|known| known.eq_ignore_ascii_case(name.trim()))
    }
}

impl Outlets {
    /// Loads the files of the folder; the first error.
    pub fn load(files: &RuleFiles) -> Result<Self, Error> {
        let mut all = Self::default();
        for file in files.below(FOLDER) {
            let Self { agency, house } = RuleFile::parse(file)?;
            all.agency.extend(agency);
            all.house.extend(house);
        }
        Ok(all)
    }

    /// The agency of that name, whatever the capitals.
    pub fn agency(&self, name: &str) -> Option<&str> {
        self.agency.iter().find(|agency| agency.is_called(name)).map(|agency| agency.name.as_str())
    }

    /// The house that an outlet is or belongs to.
    pub fn house(&self, outlet: &str) -> Option<&str> {
        self.house.iter().find(|house| house.is_called(outlet)).map(|house| house.name.as_str())
    }

    /// Every name of every agency, with the one that it is known by.
    pub fn agencies(&self) -> impl Iterator<Item = (&str, &str)> {
        self.agency.iter().flat_map(|agency| agency.names().map(|name| (name, agency.name.as_str())))
    }

    /// Every name by which texts speak of an agency or a house; addresses are none.
    pub fn spoken(&self) -> impl Iterator<Item = &str> {
        self.agency.iter().chain(&self.house).flat_map(Outlet::names).filter(|name| !name.contains('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_and_houses_are_known_by_every_name() {
        let outlets = Outlets::load(&RuleFiles::built_in()).unwrap();
        assert_eq!(outlets.agency("the associated press"), Some("AP"));
        assert_eq!(outlets.house("bbc.co.uk"), Some("BBC"));
        assert_eq!((outlets.agency("Courier"), outlets.house("Courier")), (None, None));
    }

    #[test]
    fn no_name_stands_for_two() {
        let outlets = Outlets::load(&RuleFiles::built_in()).unwrap();
        let all = || outlets.agency.iter().chain(&outlets.house);
        for name in all().flat_map(Outlet::names) {
            assert_eq!(all().filter(|outlet| outlet.is_called(name)).count(), 1, "{name}");
        }
    }
}
