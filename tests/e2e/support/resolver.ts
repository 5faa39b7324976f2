// A resolver of this machine's own: answers a question for TXT records with whatever was published here, and knows nothing
// else (RFC 1035 §4).

import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

const headerBytes = 12

/** The name in a question, and where it ends. */
const questionIn = (packet: Buffer): { name: string; end: number } => {
  const labels: string[] = []
  let at = headerBytes
  for (let length = packet[at] ?? 0; length > 0; length = packet[at] ?? 0) {
    labels.push(packet.subarray(at + 1, at + 1 + length).toString('latin1'))
    at += length + 1
  }
  // The end of the name, the type and the class.
  return { name: labels.join('.').toLowerCase(), end: at + 5 }
}

const answerTo = (packet: Buffer, values: readonly string[]): Buffer => {
  const { end } = questionIn(packet)
  const header = Buffer.from(packet.subarray(0, headerBytes))
  // An answer, recursion available; no such name where there is nothing.
  header.writeUInt16BE(values.length > 0 ? 0x8180 : 0x8183, 2)
  header.writeUInt16BE(values.length, 6)
  header.writeUInt32BE(0, 8)
  const records = values.map((value) => {
    const text = Buffer.from(value, 'latin1')
    const fixed = Buffer.alloc(13)
    fixed.writeUInt16BE(0xc00c, 0)
    fixed.writeUInt16BE(16, 2)
    fixed.writeUInt16BE(1, 4)
    fixed.writeUInt16BE(text.length + 1, 10)
    fixed.writeUInt8(text.length, 12)
    return Buffer.concat([fixed, text])
  })
  return Buffer.concat([header, packet.subarray(headerBytes, end), ...records])
}

export type Zone = { server: string; publish: (name: string, value: string) => void; stop: () => Promise<void> }

/** Starts one on a port of its own. */
export const startResolver = async (): Promise<Zone> => {
  const published = new Map<string, string[]>()
  const socket = createSocket('udp4')
  socket.on('message', (packet, from) => {
    const values = published.get(questionIn(packet).name) ?? []
    socket.send(answerTo(packet, values), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    server: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    publish: (name, value) => void published.set(name, [...(published.get(name) ?? []), value]),
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}
