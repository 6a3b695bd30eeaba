//! Input: the edge where files, folders and standard input become raw documents, and warnings.
