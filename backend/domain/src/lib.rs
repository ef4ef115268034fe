//! backend/domain
