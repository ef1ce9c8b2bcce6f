/// A value whose description, dump and mirror show nothing of the secret it holds.
///
/// A description alone does not do: `dump`, `Mirror` and a test's report walk the stored properties.
public protocol SecretHolder: CustomStringConvertible, CustomReflectable {}

extension SecretHolder {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [Mirror.Child]()) }
}
