/// The Mustache templates, compiled into the program.
enum Templates {
    /// Template text by name.
    static var embedded: [String: String] {
        bytes.mapValues { String(decoding: $0, as: UTF8.self) }
    }

    private static var bytes: [String: [UInt8]] {
        [
            "api": PackageResources.api_mustache,
            "channel": PackageResources.channel_mustache,
            "channel_fields": PackageResources.channel_fields_mustache,
            "channel_head": PackageResources.channel_head_mustache,
            "channel_list": PackageResources.channel_list_mustache,
            "channel_new": PackageResources.channel_new_mustache,
            "channel_organizations": PackageResources.channel_organizations_mustache,
            "channel_outbox_note": PackageResources.channel_outbox_note_mustache,
            "channel_parts": PackageResources.channel_parts_mustache,
            "channel_place": PackageResources.channel_place_mustache,
            "client": PackageResources.client_mustache,
            "client_fields": PackageResources.client_fields_mustache,
            "client_new": PackageResources.client_new_mustache,
            "client_secret": PackageResources.client_secret_mustache,
            "close_account": PackageResources.close_account_mustache,
            "connected_app": PackageResources.connected_app_mustache,
            "consent": PackageResources.consent_mustache,
            "crumbs": PackageResources.crumbs_mustache,
            "form_errors": PackageResources.form_errors_mustache,
            "home": PackageResources.home_mustache,
            "invitation": PackageResources.invitation_mustache,
            "key": PackageResources.key_mustache,
            "key_created": PackageResources.key_created_mustache,
            "key_new": PackageResources.key_new_mustache,
            "layout": PackageResources.layout_mustache,
            "message": PackageResources.message_mustache,
            "organization": PackageResources.organization_mustache,
            "organization_crumbs": PackageResources.organization_crumbs_mustache,
            "organization_delete": PackageResources.organization_delete_mustache,
            "organization_invited": PackageResources.organization_invited_mustache,
            "organization_new": PackageResources.organization_new_mustache,
            "organizations": PackageResources.organizations_mustache,
            "outbox": PackageResources.outbox_mustache,
            "overlap": PackageResources.overlap_mustache,
            "queue": PackageResources.queue_mustache,
            "queue_assets": PackageResources.queue_assets_mustache,
            "queue_post": PackageResources.queue_post_mustache,
            "sandbox": PackageResources.sandbox_mustache,
            "secret": PackageResources.secret_mustache,
            "security_log": PackageResources.security_log_mustache,
            "settings": PackageResources.settings_mustache,
            "sign_in": PackageResources.sign_in_mustache,
            "sign_up": PackageResources.sign_up_mustache,
            "tags": PackageResources.tags_mustache,
        ]
    }
}
