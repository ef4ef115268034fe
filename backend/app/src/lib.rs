//! backend/app
