// The physical limit of a page: the same finished bytes, answered by node:http and nothing else.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [, , port, file, encoding] = process.argv
const bytes = readFileSync(file ?? '')
createServer((_request, response) => {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    ...(encoding ? { 'content-encoding': encoding } : {}),
    'content-length': bytes.length,
  })
  response.end(bytes)
}).listen(Number(port), '127.0.0.1')
