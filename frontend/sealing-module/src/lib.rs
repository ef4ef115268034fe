//! frontend/sealing-module
