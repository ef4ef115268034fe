//! backend/sealing
