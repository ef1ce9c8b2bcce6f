/// The schema, in our own words: names, types, nullability, defaults and orders are Buffer's. `Resources/` has a file for each topic.
enum Schema {
    /// All of it, as SDL.
    static let text = topics.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")

    /// In the order that introspection lists the types in.
    private static let topics: [[UInt8]] = [
        PackageResources.operations_graphql,
        PackageResources.account_graphql,
        PackageResources.organizations_graphql,
        PackageResources.channels_graphql,
        PackageResources.schedules_graphql,
        PackageResources.channel_metadata_graphql,
        PackageResources.posts_graphql,
        PackageResources.post_changes_graphql,
        PackageResources.post_metadata_graphql,
        PackageResources.threads_of_posts_graphql,
        PackageResources.links_graphql,
        PackageResources.assets_graphql,
        PackageResources.tags_graphql,
        PackageResources.notes_graphql,
        PackageResources.ideas_graphql,
        PackageResources.templates_graphql,
        PackageResources.metrics_graphql,
        PackageResources.service_bluesky_graphql,
        PackageResources.service_facebook_graphql,
        PackageResources.service_google_business_graphql,
        PackageResources.service_instagram_graphql,
        PackageResources.service_linkedin_graphql,
        PackageResources.service_mastodon_graphql,
        PackageResources.service_pinterest_graphql,
        PackageResources.service_substack_graphql,
        PackageResources.service_threads_graphql,
        PackageResources.service_tiktok_graphql,
        PackageResources.service_twitter_graphql,
        PackageResources.service_whatsapp_graphql,
        PackageResources.service_youtube_graphql,
        PackageResources.errors_graphql,
        PackageResources.pagination_graphql,
        PackageResources.scalars_graphql,
    ]
}
