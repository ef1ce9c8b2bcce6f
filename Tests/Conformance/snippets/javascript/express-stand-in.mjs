// As much of Express as the guide's callback sample uses: app.get, req.query, req.session, res.status().send().
// The session comes from the environment; a handler that answers nothing gets a 200 with the code it received.
import { createServer } from 'node:http'

export function express(session) {
  const routes = new Map()
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1')
    const handler = routes.get(url.pathname)
    const res = {
      status(code) { response.statusCode = code; return this },
      send(text) { response.end(text); return this },
    }
    if (!handler) return res.status(404).send('Not found')
    const query = Object.fromEntries(url.searchParams)
    handler({ query, session }, res)
    if (!response.writableEnded) res.status(200).send(JSON.stringify({ code: query.code }))
  })
  return {
    get(path, handler) { routes.set(path, handler) },
    listen(port, ready) { server.listen(port, '127.0.0.1', () => ready(server.address().port)) },
  }
}
