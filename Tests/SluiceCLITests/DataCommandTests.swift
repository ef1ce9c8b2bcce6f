import Foundation
import Testing

@testable import SluiceCLI

@Suite("Commands on a data folder")
struct DataCommandTests {
    // MARK: Accounts

    @Test func `account create answers with a stable object, and the account signs in once`() async throws {
        let bed = try TestBed()
        let run = await bed.run(
            "account", "create", "--email", "Ada@Example.com", "--name", "Ada", "--password-file", "-", "--json",
            input: "correct horse battery\n")
        #expect(run.status == .ok)
        let json = try run.json()
        #expect(Set(json.keys) == ["id", "email", "name", "timezone", "state", "created_at"])
        #expect(json["email"] as? String == "ada@example.com")
        #expect((json["created_at"] as? String)?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
        let again = await bed.run(
            "account", "create", "--email", "ADA@example.com", "--name", "Twin", "--password-file", "-",
            input: "correct horse battery\n")
        #expect(again.status == .cannotCreate)
    }

    @Test(arguments: [
        ("not an address", "Ada", "correct horse battery"), ("a@example.com", "", "correct horse battery"),
        ("a@example.com", "Ada", "short"), ("a@example.com", "Ada", "password"),
    ])
    func `what breaks a rule is exit code 65 and makes nothing`(email: String, name: String, password: String)
        async throws
    {
        let bed = try TestBed()
        let run = await bed.run(
            "account", "create", "--email", email, "--name", name, "--password-file", "-", input: password)
        #expect(run.status == .invalid)
        #expect(try await bed.run("account", "list", "--json").items().isEmpty)
    }

    @Test func `a password file that is missing is exit code 66`() async throws {
        let bed = try TestBed()
        let run = await bed.run(
            "account", "create", "--email", "a@b.example", "--name", "A", "--password-file", bed.folder + "/none")
        #expect(run.status == .notFound)
        #expect(!FileManager.default.fileExists(atPath: bed.data))
    }

    @Test func `an account is named by e-mail address or id, with or without the flag`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        #expect(await bed.run("account", "disable", "ada@example.com").status == .ok)
        #expect(await bed.run("account", "enable", "--account", id).status == .ok)
        #expect(await bed.run("key", "list", "--account", "ADA@example.com").status == .ok)
        #expect(await bed.run("key", "list", "--account", "nobody@example.com").status == .notFound)
        #expect(await bed.run("account", "disable", "ada@example.com", "--account", id).status == .usage)
    }

    @Test func `S131: disable, enable and close say what changed, and repeat without harm`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        func changed(_ verb: String) async throws -> Bool? {
            let json = try await bed.run("account", verb, id, "--json").json()
            #expect(json["id"] as? String == id)
            return json["changed"] as? Bool
        }
        #expect(try await changed("disable") == true)
        #expect(try await changed("disable") == false)
        #expect(await bed.run("key", "create", "--account", id, "--name", "k").status == .refused)
        #expect(try await changed("enable") == true)
        #expect(try await changed("enable") == false)
        #expect(try await changed("close") == true)
        #expect(try await changed("close") == false)
        #expect(await bed.run("account", "enable", id).status == .notFound)
        let item = try #require(try await bed.run("account", "list", "--json").items().first)
        #expect(item["state"] as? String == "closed")
        #expect(item["email"] is NSNull)
    }

    @Test func `reset-password takes the new one from standard input`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        let run = await bed.run(
            "account", "reset-password", id, "--password-file", "-", "--json", input: "another good one\n")
        #expect(run.status == .ok)
        #expect(Set(try run.json().keys) == ["id", "changed"])
        #expect(
            await bed.run("account", "reset-password", id, "--password-file", "-", input: "short").status == .invalid)
    }

    @Test func `S129: lists paginate`() async throws {
        let bed = try TestBed()
        for number in 1...3 { try await bed.makeAccount("a\(number)@example.com") }
        let first = try await bed.run("account", "list", "--limit", "2", "--json").json()
        #expect((first["items"] as? [Any])?.count == 2)
        let next = try #require(first["next"] as? String)
        let second = try await bed.run("account", "list", "--limit", "2", "--after", next, "--json").json()
        #expect((second["items"] as? [Any])?.count == 1)
        #expect(second["next"] is NSNull)
        #expect(await bed.run("account", "list", "--limit", "0").status == .usage)
        #expect(await bed.run("account", "list", "--limit", "201").status == .usage)
        #expect(await bed.run("account", "list", "--limit", "2").output.contains("--after \(next)"))
    }

    // MARK: Keys

    @Test func `S6: a key is shown exactly once`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        let json = try await bed.run(
            "key", "create", "--account", id, "--name", "ci", "--scope", "posts:read", "account:read", "--expires",
            "90d", "--json"
        ).json()
        #expect(
            Set(json.keys) == [
                "id", "key", "account_id", "name", "last_four", "scopes", "created_at", "expires_at", "last_used_at",
                "rotated_from",
            ])
        let key = try #require(json["key"] as? String)
        #expect(key.hasPrefix("buf_"))
        #expect(json["scopes"] as? [String] == ["posts:read", "account:read"])
        let keyID = try #require(json["id"] as? String)
        for command in [
            ["key", "list", "--account", id], ["key", "list", "--account", id, "--json"], ["audit", "list"],
            ["audit", "list", "--json"],
        ] {
            let run = await bed.run(command, input: "", environment: ["SLUICE_DATA": bed.data])
            #expect(run.status == .ok)
            #expect(run.output.contains(keyID))
            #expect(!run.output.contains(key))
        }
        let text = await bed.run("key", "create", "--account", id, "--name", "other").output
        #expect(text.contains("shown only now"))
        #expect(text.contains("BUFFER_API_KEY"))
    }

    @Test(arguments: [
        (["--scope", "posts:delete"], Outcome.invalid), (["--scope", "offline_access"], .invalid),
        (["--expires", "2020-01-01"], .invalid),
        (["--expires", "soon"], .usage),
    ])
    func `a key with an impossible scope or expiry is not made`(flags: [String], status: Outcome) async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        let run = await bed.run(
            ["key", "create", "--account", id, "--name", "k"] + flags, input: "", environment: ["SLUICE_DATA": bed.data]
        )
        #expect(run.status == status)
        #expect(try await bed.run("key", "list", "--account", id, "--json").items().isEmpty)
    }

    @Test func `S14: rotate makes a linked successor; with an overlap both work, without the old one ends`()
        async throws
    {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        let old = try await bed.run("key", "create", "--account", id, "--name", "k", "--scope", "posts:read", "--json")
            .json()
        let oldID = try #require(old["id"] as? String)
        let oldKey = try #require(old["key"] as? String)
        let overlapping = try await bed.run("key", "rotate", oldID, "--overlap", "1h", "--json").json()
        #expect(overlapping["rotated_from"] as? String == oldID)
        #expect(overlapping["scopes"] as? [String] == ["posts:read"])
        #expect(try await bed.run("explain", "--json", input: oldKey).json()["accepted"] as? Bool == true)
        let newID = try #require(overlapping["id"] as? String)
        let newKey = try #require(overlapping["key"] as? String)
        let run = await bed.run("key", "rotate", newID, "--account", id, "--json")
        #expect(run.pauses == [.milliseconds(150)])
        #expect(try await bed.run("explain", "--json", input: newKey).json()["accepted"] as? Bool == false)
    }

    @Test func `S14: revoke returns only when every server on the folder has had time to see it`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        let made = try await bed.run("key", "create", "--account", id, "--name", "k", "--json").json()
        let keyID = try #require(made["id"] as? String)
        let run = await bed.run("key", "revoke", keyID, "--json")
        #expect(run.status == .ok)
        #expect(run.pauses == [.milliseconds(150)])
        #expect(Set(try run.json().keys) == ["id", "account_id", "revoked"])
        let again = await bed.run("key", "revoke", keyID)
        #expect(again.status == .notFound)
        #expect(again.pauses.isEmpty)
    }

    @Test func `a secret that is pasted where an id belongs is not repeated`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        let key = try #require(
            try await bed.run("key", "create", "--account", id, "--name", "k", "--json").json()["key"] as? String)
        for command in [["key", "revoke", key], ["client", "show", key], ["grant", "revoke", key]] {
            let run = await bed.run(command, input: "", environment: ["SLUICE_DATA": bed.data])
            #expect(run.status == .invalid)
            #expect(!(run.output + run.notes).contains(key))
        }
    }

    // MARK: Clients

    @Test func `S18: a confidential client's secret is shown exactly once`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        let json = try await bed.run(
            "client", "create", "--account", id, "--name", "App", "--type", "confidential", "--redirect-uri",
            "https://a.example/1",
            "https://a.example/2", "--redirect-uri", "com.example.app:/cb", "--website", "https://a.example", "--json"
        ).json()
        #expect(
            Set(json.keys) == [
                "client_id", "client_secret", "type", "name", "account_id", "redirect_uris", "website", "description",
                "logo_url",
                "scopes", "created_at",
            ])
        #expect(
            json["redirect_uris"] as? [String] == ["https://a.example/1", "https://a.example/2", "com.example.app:/cb"])
        let client = try #require(json["client_id"] as? String)
        let secret = try #require(json["client_secret"] as? String)
        for command in [
            ["client", "show", client, "--json"], ["client", "list", "--json"], ["client", "show", client],
            ["audit", "list"],
        ] {
            let run = await bed.run(command, input: "", environment: ["SLUICE_DATA": bed.data])
            #expect(run.output.contains(client))
            #expect(!run.output.contains(secret))
        }
        let rotated = try await bed.run("client", "rotate-secret", client, "--overlap", "1d", "--json").json()
        #expect(rotated["client_secret"] as? String != secret)
        #expect(rotated["client_id"] as? String == client)
    }

    @Test func `S19: a public client has no secret anywhere`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        let json = try await bed.run(
            "client", "create", "--account", id, "--name", "Tool", "--type", "public", "--redirect-uri",
            "http://127.0.0.1/cb", "--json"
        ).json()
        #expect(json["client_secret"] == nil)
        let client = try #require(json["client_id"] as? String)
        #expect(await bed.run("client", "rotate-secret", client).status == .invalid)
    }

    @Test func `S20: a redirect URI that may not be registered is refused with advice`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        for uri in [
            "http://app.example/cb", "javascript:alert(1)", "https://a.example/#x", "/relative", "https://*.example/",
        ] {
            let run = await bed.run(
                "client", "create", "--account", id, "--name", "App", "--type", "public", "--redirect-uri", uri)
            #expect(run.status == .invalid, "\(uri)")
        }
        let localhost = await bed.run(
            "client", "create", "--account", id, "--name", "App", "--type", "public", "--redirect-uri",
            "http://localhost/cb")
        #expect(localhost.status == .ok)
        #expect(localhost.notes.contains("127.0.0.1"))
        #expect(
            await bed.run("client", "create", "--account", id, "--name", "App", "--type", "public").status == .usage)
    }

    @Test func `a client of a disabled account can still be shown and deleted`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        let client = try #require(
            try await bed.run(
                "client", "create", "--account", id, "--name", "A", "--type", "public", "--redirect-uri",
                "https://a.example/", "--json"
            ).json()["client_id"] as? String)
        #expect(await bed.run("account", "disable", id).status == .ok)
        #expect(await bed.run("client", "show", client).status == .ok)
        let deleted = await bed.run("client", "delete", client, "--json")
        #expect(deleted.status == .ok)
        #expect(deleted.pauses == [.milliseconds(150)])
        #expect(await bed.run("client", "delete", client).status == .notFound)
    }

    // MARK: Grants, signing keys, audit

    @Test func `grants are listed, and one that is not there is exit code 66`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        #expect(try await bed.run("grant", "list", "--account", id, "--json").items().isEmpty)
        #expect(await bed.run("grant", "list", "--client", "nonsense").status == .invalid)
        #expect(await bed.run("grant", "revoke", "0123456789abcdef01234567").status == .notFound)
    }

    @Test func `S108: a new signing key is published before it signs, unless --now`() async throws {
        let bed = try TestBed()
        try await bed.makeAccount()
        let next = try await bed.run("signing-key", "rotate", "--json").json()
        #expect(Set(next.keys) == ["kid", "algorithm", "state", "published_at", "activates_at", "retires_at"])
        #expect(next["state"] as? String == "next")
        #expect(
            try await bed.run("signing-key", "list", "--json").items().compactMap { $0["state"] as? String } == [
                "current", "next",
            ])
        let now = await bed.run("signing-key", "rotate", "--now", "--json")
        #expect(now.pauses == [.milliseconds(150)])
        #expect(try now.json()["state"] as? String == "current")
        let left = try await bed.run("signing-key", "list", "--json").items()
        #expect(try left.map { $0["kid"] as? String } == [now.json()["kid"] as? String], "all others are retired")
    }

    @Test func `the audit log names what was done on the command line`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        _ = await bed.run("account", "disable", id)
        let events = try await bed.run("audit", "list", "--account", id, "--json").items()
        #expect(events.compactMap { $0["event"] as? String } == ["account.disabled", "account.created"])
        #expect(
            events.allSatisfy {
                Set($0.keys) == [
                    "at", "event", "account_id", "client_id", "subject", "address", "user_agent", "request_id",
                    "details",
                ]
            })
    }

    // MARK: Installation

    @Test func `explain says which rule decides and never repeats what it was given`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        let key = try #require(
            try await bed.run("key", "create", "--account", id, "--name", "k", "--json").json()["key"] as? String)
        let changed = String(key.dropLast()) + (key.hasSuffix("a") ? "b" : "a")
        for (input, kind) in [
            (key + "\n", "api_key"), (changed, "api_key"), ("v1.AAAA", "refresh_token"),
            ("eyJhbGciOiJub25lIn0.e30.AAAA", "access_token"),
            ("sls_secret", "client_secret"), ("whatever", "unknown"),
        ] {
            for json in [[], ["--json"]] {
                let run = await bed.run(["explain"] + json, input: input, environment: ["SLUICE_DATA": bed.data])
                #expect(run.status == .ok)
                #expect(!(run.output + run.notes).contains(input.trimmingCharacters(in: .newlines)))
                guard !json.isEmpty else { continue }
                let object = try run.json()
                #expect(Set(object.keys) == ["kind", "accepted", "rule", "facts"])
                #expect(object["kind"] as? String == kind)
                #expect(object["accepted"] as? Bool == (input == key + "\n"))
            }
        }
        #expect(await bed.run("explain", input: "").status == .invalid)
    }

    @Test func `a backup is complete, closed to others, and never overwrites`() async throws {
        let bed = try TestBed()
        let id = try await bed.makeAccount()
        let file = bed.folder + "/copy.sqlite"
        let run = await bed.run("backup", file, "--json")
        #expect(run.status == .ok)
        #expect(Set(try run.json().keys) == ["file", "bytes", "schema", "data"])
        #expect(try bed.mode(file) & 0o077 == 0)
        #expect(await bed.run("backup", file).status == .cannotCreate)
        for place in ["/nowhere/copy.sqlite", file + "/copy.sqlite"] {
            let run = await bed.run("backup", place)
            #expect(run.status == .cannotCreate && run.notes.contains("its folder is not there"), "\(run.notes)")
        }
        let restored = bed.folder + "/restored"
        try FileManager.default.createDirectory(atPath: restored, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: file, toPath: restored + "/sluice.sqlite")
        try FileManager.default.copyItem(atPath: bed.data + "/master.key", toPath: restored + "/master.key")
        let accounts = try await bed.run("account", "list", "--data", restored, "--json").items()
        #expect(accounts.compactMap { $0["id"] as? String } == [id])
    }

    @Test func `doctor finds a sound installation sound, and exits 1 on a broken one`() async throws {
        let bed = try TestBed()
        try await bed.makeAccount()
        let sound = await bed.run("doctor", "--json")
        #expect(sound.status == .ok, "\(sound.output)")
        let checks = try #require(try sound.json()["checks"] as? [[String: Any]])
        for name in [
            "settings", "data folder", "database file", "disk space", "master key", "schema", "durability", "integrity",
            "sealed secrets",
            "signing keys", "clock",
        ] {
            #expect(checks.contains { $0["name"] as? String == name && $0["status"] as? String == "ok" }, "\(name)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: bed.data)
        let open = await bed.run("doctor")
        #expect(open.status == .ok)
        #expect(open.output.contains("warn  data folder"))
        #expect(open.output.contains("chmod 700"))
        let wrong = await bed.run(
            "doctor", environment: ["SLUICE_MASTER_KEY": Data(repeating: 1, count: 32).base64EncodedString()])
        #expect(wrong.status == .failed)
        #expect(wrong.output.contains("fail  sealed secrets"))
        for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: bed.data + "/sluice.sqlite" + end) }
        try Data().write(to: URL(fileURLWithPath: bed.data + "/sluice.sqlite"))
        let empty = await bed.run("doctor")
        #expect(empty.status == .failed)
        #expect(empty.output.contains("fail  database file"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: bed.data + "/sluice.sqlite")).isEmpty, "looking changes nothing")
    }

    @Test func `migrate says which schema the database has`() async throws {
        let json = try await TestBed().run("migrate", "--json").json()
        #expect(Set(json.keys) == ["data", "schema", "newest"])
        #expect(json["schema"] as? Int == json["newest"] as? Int)
    }
}
