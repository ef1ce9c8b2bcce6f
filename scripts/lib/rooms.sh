# shellcheck shell=bash
# Which room may import what: the picture "Rooms" of docs/design.md as a table. Sourced, never run.

c_library="Darwin Glibc Musl"
# Whatever is not named is refused, so a new dependency is a decision that shows in a review.
declare -A may_import=(
    [SluiceOAuth]="Crypto CryptoExtras Foundation"
    [SluiceGraphQL]="Synchronization"
    [SluiceAuthority]="CArgon2 Crypto Dispatch Foundation Logging SluiceOAuth Synchronization"
    [SluicePosting]="Foundation"
    [SluiceAPI]="Foundation SluiceAuthority SluiceGraphQL SluiceOAuth SluicePosting Synchronization"
    [SluiceSQLite]="Dispatch Foundation GRDB GRDBSQLite SluiceAuthority SluiceOAuth SluicePosting Synchronization"
    [SluiceServer]="$c_library Foundation FoundationEssentials HTTPTypes Hummingbird HummingbirdCore HummingbirdTLS Logging Mustache
        NIOCore NIOHTTPTypes NIOSSL RawStructuredFieldValues ServiceLifecycle SluiceAPI SluiceAuthority SluiceOAuth SluicePosting Synchronization"
    [SluiceClient]="$c_library Foundation RawStructuredFieldValues SluiceOAuth Synchronization"
    [SluiceHTTPTransport]="$c_library AsyncHTTPClient NIOCore NIOHTTP1 NIOPosix NIOSSL SluiceClient"
    [SluiceResourceServer]="Foundation HTTPTypes Hummingbird Logging SluiceClient SluiceOAuth Synchronization"
    [SluiceCLI]="$c_library ArgumentParser CDispatch Configuration Foundation Logging NIOCore NIOHTTP1 NIOPosix ServiceLifecycle
        SluiceAuthority SluiceClient SluiceHTTPTransport SluiceOAuth SluicePosting SluiceSQLite SluiceServer Synchronization UnixSignals Yams"
    [sluice]="SluiceCLI"
)

# Looks at a clock, randomness, the file system or the environment.
outside='Date\(\)|Date\.now|Clock\(\)|Clock\.now|SystemRandomNumberGenerator|\.random\(|SymmetricKey\(size|PrivateKey\(\)|FileManager|FileHandle|ProcessInfo|getenv'

# Prints every import that the table does not allow, and every look outside from a room that has none. Fails if there is one.
check_rooms() {
    local folder room place name found=0
    for folder in Sources/*/; do
        room=$(basename "$folder")
        [ -n "$(find "$folder" -name '*.swift' -print -quit)" ] || continue
        while IFS=$'\t' read -r place name; do
            [[ " ${may_import[$room]-} " =~ [[:space:]]"$name"[[:space:]] ]] && continue
            printf '%s: error: %s may not import %s\n' "$place" "$room" "$name" >&2
            found=1
        done < <(grep -rnE --include='*.swift' '^ *(@[a-z_]+ +)*((public|package|internal|fileprivate|private) +)?import ' "$folder" |
            sed -E 's/^([^:]+:[0-9]+):.*import +((struct|class|enum|protocol|func|var|let|typealias) +)?([A-Za-z_0-9]+).*/\1\t\4/')
    done
    # A key has to come from somewhere: `SigningKey.generate` is the one exception.
    if grep -rnE --include='*.swift' "$outside" Sources/SluiceOAuth Sources/SluiceGraphQL |
        grep -v '^Sources/SluiceOAuth/Tokens/SigningKey.swift:' >&2; then
        echo "error: the rules and the language take time, randomness and files as arguments" >&2
        found=1
    fi
    return "$found"
}
