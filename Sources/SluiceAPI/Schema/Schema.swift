/// The schema, in our own words. Names, types and nullability are Buffer's.
enum Schema {
    static let text = """
        "A moment in UTC: `2026-11-23T14:30:00.000Z`."
        scalar DateTime

        "Names an organization: 24 hexadecimal digits."
        scalar OrganizationId

        type Query {
          "The account behind the credential."
          account: Account!
        }

        "A person who signs in."
        type Account {
          "The account's id."
          id: ID!
          "The address it signs in with."
          email: String!
          "A second address, if it has one."
          backupEmail: String
          "A picture: the account's initial, as a data URL."
          avatar: String!
          "When the account was made."
          createdAt: DateTime
          "The organizations it belongs to, oldest first."
          organizations(filter: OrganizationFilterInput): [Organization!]!
          "Its time zone, by its IANA name."
          timezone: String
          "The person's name."
          name: String
          "The apps that it allowed to act for it."
          connectedApps: [ConnectedApp!]
        }

        "Which organizations are wanted."
        input OrganizationFilterInput {
          "Only this one."
          organizationId: String!
        }

        "A group of people and their channels."
        type Organization {
          "The organization's id."
          id: OrganizationId!
          "Its name."
          name: String!
          "The address of the account that owns it."
          ownerEmail: String!
        }

        "What kind of app a connected app is."
        enum ConnectedAppCategory {
          "It connects assistants through the Model Context Protocol."
          mcp
        }

        "An app that the account allowed to act for it."
        type ConnectedApp {
          "The app's client_id."
          clientId: ID!
          "The account that allowed it."
          userId: ID!
          "The app's name."
          name: String!
          "What it does, in its makers' words; empty if they gave none."
          description: String!
          "Its website; empty if it has none."
          website: String!
          "When it was first allowed."
          createdAt: DateTime!
          "Everything that it may do."
          scopes: [String!]!
          "Its kind, where that is known."
          category: ConnectedAppCategory
        }
        """
}
