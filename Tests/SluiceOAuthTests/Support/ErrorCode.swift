import SluiceOAuth

/// The code of the protocol error that `body` throws, `nil` if it throws none.
func code(of body: () throws -> Void) -> OAuthError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? OAuthError)?.code
    }
}
