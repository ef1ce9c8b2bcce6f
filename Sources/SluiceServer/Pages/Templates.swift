/// The Mustache templates, compiled into the program.
enum Templates {
    /// Template text by name.
    static var embedded: [String: String] {
        bytes.mapValues { String(decoding: $0, as: UTF8.self) }
    }

    private static var bytes: [String: [UInt8]] {
        [
            "api": PackageResources.api_mustache,
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
            "key": PackageResources.key_mustache,
            "key_created": PackageResources.key_created_mustache,
            "key_new": PackageResources.key_new_mustache,
            "layout": PackageResources.layout_mustache,
            "message": PackageResources.message_mustache,
            "overlap": PackageResources.overlap_mustache,
            "sandbox": PackageResources.sandbox_mustache,
            "secret": PackageResources.secret_mustache,
            "security_log": PackageResources.security_log_mustache,
            "settings": PackageResources.settings_mustache,
            "sign_in": PackageResources.sign_in_mustache,
            "sign_up": PackageResources.sign_up_mustache,
        ]
    }
}
