//! Tokens: short ES256 JWTs for access, and the random ones that renew them.

use crate::{Context, Error, Result};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use domain::ident::{OrganizationId, SessionId, UserId};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::Path;

/// How long an access token is good for.
pub const ACCESS_LASTS: TimeDelta = TimeDelta::minutes(15);
/// The audience of access tokens.
const AUDIENCE: &str = "zhaocai";
/// How far clocks of replicas may differ.
const LEEWAY_SECONDS: i64 = 30;

/// The platform's ES256 key.
pub struct TokenKeys {
    signing: EncodingKey,
    checking: DecodingKey,
    key_id: String,
    jwks: serde_json::Value,
}

/// What an access token says. Roles are not in it: they are read with each request, so that a role taken away ends at
/// once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// The user.
    pub sub: UserId,
    /// The organization for which the user acts.
    pub org: OrganizationId,
    /// The session.
    pub sid: SessionId,
    /// The issuer.
    pub iss: String,
    /// The audience.
    pub aud: String,
    /// Issued at, in seconds since 1970.
    pub iat: i64,
    /// Expires at, in seconds since 1970.
    pub exp: i64,
}

impl TokenKeys {
    /// Reads the key from its folder, or makes one at the first start.
    ///
    /// # Errors
    /// When the folder can't be read or written, or holds something else.
    pub fn open(folder: &Path) -> Result<Self> {
        let pkcs8 = secret(folder, "es256.p8", || {
            let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
                .map_err(|error| Error::internal("make the signing key", error))?;
            let document = key.to_pkcs8v1().map_err(|error| Error::internal("make the signing key", error))?;
            Ok(document.as_ref().to_vec())
        })?;
        Self::from_pkcs8(&pkcs8)
    }

    fn from_pkcs8(pkcs8: &[u8]) -> Result<Self> {
        let wrong = |error: jsonwebtoken::errors::Error| Error::internal("use the signing key", error);
        let signing = EncodingKey::from_ec_der(pkcs8);
        let mut jwk = Jwk::from_encoding_key(&signing, Algorithm::ES256).map_err(wrong)?;
        let key_id = jwk.thumbprint(jsonwebtoken::jwk::ThumbprintHash::SHA256).map_err(wrong)?;
        jwk.common.key_id = Some(key_id.clone());
        let checking = DecodingKey::from_jwk(&jwk).map_err(wrong)?;
        let jwks = serde_json::json!({ "keys": [jwk] });
        Ok(Self { signing, checking, key_id, jwks })
    }

    /// The public half, as JWKS.
    pub fn jwks(&self) -> &serde_json::Value {
        &self.jwks
    }

    /// The key's thumbprint (RFC 7638).
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// Signs an access token.
    ///
    /// # Errors
    /// When signing fails, which only a broken key can cause.
    pub fn issue(&self, ctx: &Context, issuer: &str, sub: UserId, org: OrganizationId, sid: SessionId) -> Result<String> {
        let now = ctx.now();
        let claims = Claims {
            sub,
            org,
            sid,
            iss: issuer.to_owned(),
            aud: AUDIENCE.to_owned(),
            iat: now.timestamp(),
            exp: (now + ACCESS_LASTS).timestamp(),
        };
        self.sign(&claims, "at+jwt")
    }

    /// Signs any statement of the platform as a compact JWS, its `typ` naming what it is.
    ///
    /// # Errors
    /// When signing fails, which only a broken key can cause.
    pub fn sign(&self, claims: &impl Serialize, kind: &str) -> Result<String> {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(self.key_id.clone());
        header.typ = Some(kind.to_owned());
        jsonwebtoken::encode(&header, claims, &self.signing).map_err(|error| Error::internal("sign", error))
    }

    /// Checks an access token by the context's clock.
    ///
    /// # Errors
    /// `Unauthenticated` for any token that is not ours, of another kind, expired, or from the future.
    pub fn check(&self, ctx: &Context, issuer: &str, token: &str) -> Result<Claims> {
        let mut validation = Validation::new(Algorithm::ES256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[issuer]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        // Time is the context's, which a demonstration may have moved.
        validation.validate_exp = false;
        let token = jsonwebtoken::decode::<Claims>(token, &self.checking, &validation).map_err(|_| Error::Unauthenticated)?;
        let now = ctx.now().timestamp();
        let is_access = token.header.typ.as_deref() == Some("at+jwt");
        let is_timely = token.claims.exp + LEEWAY_SECONDS > now && token.claims.iat <= now + LEEWAY_SECONDS;
        if is_access && is_timely { Ok(token.claims) } else { Err(Error::Unauthenticated) }
    }
}

/// Reads a secret from the folder of keys, or makes it at the first start.
pub(crate) fn secret(folder: &Path, name: &str, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let path = folder.join(name);
    if path.exists() {
        return std::fs::read(&path).map_err(|error| Error::internal("read the signing key", error));
    }
    let secret = make()?;
    write_secret(folder, &path, &secret)?;
    Ok(secret)
}

fn write_secret(folder: &Path, path: &Path, secret: &[u8]) -> Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let failed = |error: std::io::Error| Error::internal("write the signing key", error);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    file.write_all(secret).and_then(|()| file.sync_all()).map_err(failed)
}

/// A refresh token as the client holds it: session, generation, secret.
pub(crate) struct RefreshToken {
    pub session: SessionId,
    pub generation: i64,
    secret: [u8; 32],
}

impl RefreshToken {
    /// A new one for a session.
    pub fn new(ctx: &Context, session: SessionId, generation: i64) -> Self {
        Self { session, generation, secret: ctx.chance().bytes() }
    }

    /// What the client keeps.
    pub fn encode(&self) -> String {
        format!("{}.{}.{}", self.session, self.generation, URL_SAFE_NO_PAD.encode(self.secret))
    }

    /// Reads what a client sends.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let session = parts.next()?.parse().ok()?;
        let generation = parts.next()?.parse().ok()?;
        let secret = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?.try_into().ok()?;
        parts.next().is_none().then_some(Self { session, generation, secret })
    }

    /// What we keep: nothing from which the token could be made again.
    pub fn hash(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.secret))
    }
}
