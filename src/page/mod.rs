//! The page around an article: what is text and what is furniture, and the outlet, date and title it names.
