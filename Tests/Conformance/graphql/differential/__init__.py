"""Holds the GraphQL engine against graphql-core: the same documents, the same verdicts, the same answers."""
