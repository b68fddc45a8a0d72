//! How a scenario says which element it means: a role, a name, and where needed the landmark that it stands in.

use serde::Serialize;

/// Elements by role and accessible name (WAI-ARIA 1.2 roles, names as "Accessible Name and Description Computation" has them).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Locator {
    role: String,
    name: Option<Name>,
    level: Option<u8>,
    within: Option<Box<Locator>>,
}

/// What the name must be like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "how", content = "text", rename_all = "lowercase")]
enum Name {
    Exactly(String),
    Starting(String),
    Containing(String),
    Ending(String),
}

/// Every visible element of a role; narrow it down with the methods.
pub fn role(role: &str) -> Locator {
    Locator { role: role.to_owned(), name: None, level: None, within: None }
}

impl Locator {
    /// Called exactly this.
    pub fn named(self, name: &str) -> Self {
        Self { name: Some(Name::Exactly(name.to_owned())), ..self }
    }

    /// Called something that begins like this.
    pub fn starting(self, start: &str) -> Self {
        Self { name: Some(Name::Starting(start.to_owned())), ..self }
    }

    /// Called something that holds this.
    pub fn containing(self, part: &str) -> Self {
        Self { name: Some(Name::Containing(part.to_owned())), ..self }
    }

    /// Called something that ends like this.
    pub fn ending(self, end: &str) -> Self {
        Self { name: Some(Name::Ending(end.to_owned())), ..self }
    }

    /// A heading of this level.
    pub fn level(self, level: u8) -> Self {
        Self { level: Some(level), ..self }
    }

    /// Inside of another element.
    pub fn within(self, outer: &Locator) -> Self {
        Self { within: Some(Box::new(outer.clone())), ..self }
    }
}

impl std::fmt::Display for Locator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.role)?;
        if let Some(level) = self.level {
            write!(f, " of level {level}")?;
        }
        match &self.name {
            Some(Name::Exactly(name)) => write!(f, " “{name}”")?,
            Some(Name::Starting(name)) => write!(f, " “{name}…”")?,
            Some(Name::Containing(name)) => write!(f, " “…{name}…”")?,
            Some(Name::Ending(name)) => write!(f, " “…{name}”")?,
            None => {}
        }
        match &self.within {
            Some(outer) => write!(f, " in {outer}"),
            None => Ok(()),
        }
    }
}
