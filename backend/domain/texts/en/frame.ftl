# frame

error-unauthenticated = Sign in first.
error-forbidden = Your role does not allow this.
error-not-found = Not found, or not yours to see.
error-unavailable = The service is not available at the moment. Try again later.
error-internal = Internal error. Tell the platform operators the number of the request.
