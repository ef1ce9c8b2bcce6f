-- Fifty posts with channel and tags, in one request. The arguments: bearer, id of the organization.
function init(args)
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. args[1]
  local query = "query Page($input: PostsInput!) { posts(first: 50, input: $input) { edges { cursor node { "
    .. "id text status dueAt createdAt channel { id name service timezone } tags { id name color } } } "
    .. "pageInfo { hasNextPage endCursor } } }"
  body = string.format('{"query":"%s","variables":{"input":{"organizationId":"%s"}}}', query, args[2])
  wire = wrk.format("POST", "/", nil, body)
end

function request() return wire end

function done(summary, latency, requests)
  io.write(string.format('RESULT {"requests":%d,"seconds":%.3f,"p50_ms":%.3f,"p99_ms":%.3f,"errors":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
