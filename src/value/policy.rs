//! The closed vocabularies of casualty recorders' policies and of audits, each name written once.

vocabulary! {
    /// What tells figures apart for a recorder: whose voice gives them, how sure it is, who is counted.
    ClaimMark {
        /// The outlet says it, and names nobody.
        Outlet = "outlet",
        /// Somebody says it who is no party to the event.
        ThirdParty = "third-party",
        /// A party to the event says it of its own people.
        PartyOnOwn = "party-on-own",
        /// A party to the event says it of the other side's people.
        PartyOnOther = "party-on-other",
        /// A party to the event says it, and does not say whose people they are.
        Party = "party",
        /// It is given as uncertain.
        Hedged = "hedged",
        /// Soldiers or fighters are counted.
        Fighters = "fighters",
        /// The attackers' own dead are counted.
        Perpetrators = "perpetrators",
        /// It is a running total over several incidents, or a figure of more days than one happening takes.
        RunningTotal = "running-total",
    }
}

vocabulary! {
    /// What a policy publishes of one event and outcome.
    PolicyLines {
        /// One line.
        One = "one",
        /// One line for each claimant.
        Claimant = "claimant",
    }
}

vocabulary! {
    /// What counts once, however often it is told.
    CountsOnce {
        /// Every article.
        Article = "article",
        /// Every independent origin: its last word counts.
        Origin = "origin",
    }
}

vocabulary! {
    /// One step by which a policy comes from many figures to one.
    PolicyStep {
        /// Keeps the figures that are not doubtful, if there are any.
        Reliable = "reliable",
        /// Keeps those whose speaker is named, if there are any.
        Named = "named",
        /// Keeps those of the most trusted voice.
        Trusted = "trusted",
        /// Keeps those as of the last day, or around it.
        Latest = "latest",
        /// Keeps the number that more than half of the accounts give, if there is one.
        Majority = "majority",
        /// Keeps the number that most accounts give, if there is one.
        MostTold = "most-told",
        /// Takes the lowest number.
        Lowest = "lowest",
        /// Takes the highest number.
        Highest = "highest",
        /// Takes the middle number, of two the lower one.
        Middle = "middle",
    }
}

impl PolicyStep {
    /// True if one number is left after it, whatever came in.
    pub const fn decides(self) -> bool {
        matches!(self, Self::Lowest | Self::Highest | Self::Middle)
    }
}

vocabulary! {
    /// The number a policy reads out of a figure that is only vague.
    VagueRule {
        /// The lowest number the words allow.
        Low = "low",
        /// None.
        Blank = "blank",
    }
}

vocabulary! {
    /// Where an end of the published range comes from.
    Bound {
        /// No range is published.
        None = "none",
        /// From the words of the figure that is published.
        Words = "words",
        /// The lowest or highest number of all that count.
        Counted = "counted",
        /// The lowest or highest number of those that are not doubtful.
        Reliable = "reliable",
        /// As `counted`, and 0 where others say that fighters were among the people.
        CivilianStatus = "civilian-status",
    }
}

vocabulary! {
    /// What a policy does where no figure is left that counts.
    Fallback {
        /// It publishes no number.
        Blank = "blank",
        /// It goes by the figures that were left out.
        LeftOut = "left-out",
        /// It goes by totals of longer times, less what the incidents within their days and places hold.
        LessKnown = "less-known",
    }
}

vocabulary! {
    /// What has to hold for a grade.
    GradeTest {
        /// Somebody accused of the act gives a figure of it.
        AccusedSaysSo = "accused-says-so",
        /// Different actors are accused.
        SeveralAccused = "several-accused",
        /// All figures count soldiers or fighters.
        FightersOnly = "fighters-only",
        /// Two or more independent origins give a figure that counts.
        SeveralOrigins = "several-origins",
        /// Some figure counts.
        Counted = "counted",
        /// Nothing has to hold.
        Always = "always",
    }
}

vocabulary! {
    /// What a note can speak of, written between braces.
    NoteField {
        /// Number of accounts that count.
        Accounts = "accounts",
        /// Number of their independent origins.
        Origins = "origins",
        /// Number of figures that were left out.
        LeftOut = "left-out",
        /// How many people other incidents hold of those that are counted.
        Known = "known",
        /// The lowest number that counts.
        Lowest = "lowest",
        /// The highest one.
        Highest = "highest",
        /// Every number that counts, with who gives it.
        Figures = "figures",
        /// Who gives the number published.
        Sources = "sources",
        /// The day it is as of.
        AsOf = "as-of",
    }
}

vocabulary! {
    /// What an audit remarks on, by the limits of its rules.
    Remark {
        /// Its figures stand above the middle.
        Above = "above",
        /// They stand below it.
        Below = "below",
        /// It names nobody for most of them.
        Unattributed = "unattributed",
        /// It accuses in its own voice.
        OwnBlame = "own-blame",
        /// It is later than others.
        Late = "late",
    }
}
