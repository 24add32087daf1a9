use upside_core::error::CoreError;

/// Why something cannot be shown.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ViewError {
    /// What it is computed from does not add up.
    #[error(transparent)]
    Core(#[from] CoreError),
    /// A chart cannot be drawn.
    #[error("a chart cannot be drawn: {0}")]
    Chart(String),
}

/// What showing returns.
pub type Result<T, E = ViewError> = std::result::Result<T, E>;
