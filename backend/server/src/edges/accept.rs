//! Which of the two media types of GraphQL over HTTP the client wants.

use axum::http::{HeaderMap, header};

/// A media type in which we answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `application/graphql-response+json`: the status tells of the request's own errors.
    GraphQl,
    /// `application/json`: a well-formed request is always answered with 200.
    Json,
}

impl Form {
    /// The form that the client prefers; `None` when it takes neither. Without a wish it is plain JSON, as for
    /// clients older than the specification.
    pub fn wanted(headers: &HeaderMap) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        let mut is_wished = false;
        for value in headers.get_all(header::ACCEPT) {
            for range in value.to_str().unwrap_or_default().split(',') {
                let mut parts = range.split(';').map(str::trim);
                let form = match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
                    "" => continue,
                    "application/graphql-response+json" => Some(Self::GraphQl),
                    "application/json" | "application/*" | "*/*" => Some(Self::Json),
                    _ => None,
                };
                is_wished = true;
                let quality = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok()).unwrap_or(1.0_f32);
                if let Some(form) = form
                    && quality > best.map_or(0.0, |(most, _)| most)
                {
                    best = Some((quality, form));
                }
            }
        }
        if is_wished { best.map(|(_, form)| form) } else { Some(Self::Json) }
    }

    /// The `Content-Type` of the answer.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clients_wish_is_read() {
        let wanted = |accept: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().unwrap());
            Form::wanted(&headers)
        };
        assert_eq!(wanted("application/graphql-response+json, application/json;q=0.9"), Some(Form::GraphQl));
        assert_eq!(wanted("application/json, application/graphql-response+json;q=0.5"), Some(Form::Json));
        assert_eq!(wanted("*/*"), Some(Form::Json));
        assert_eq!(wanted("text/html"), None);
        assert_eq!(Form::wanted(&HeaderMap::new()), Some(Form::Json));
    }
}
