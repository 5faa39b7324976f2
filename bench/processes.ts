import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

/** A server under measurement. CPU is read from the operating system, so it covers every thread of the process. */
export type Measured = { name: string; port: number; process: ChildProcess; stop: () => Promise<void> }

const ticksPerSecond = 100

/** A port nobody listens on at this moment. */
export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** User and system CPU of one process so far, in milliseconds (proc(5), fields 14 and 15). */
export const cpuMs = (pid: number) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond
}

/** Starts a server and waits until `ready` answers below 500. */
export const startServer = async (
  name: string,
  command: string[],
  { port, env, ready }: { port: number; env: Record<string, string>; ready: string },
): Promise<Measured> => {
  const [program = process.execPath, ...args] = command
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr?.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-4000)
  })
  const stop = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill('SIGTERM')
    })
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${name} ended at its start:\n${complaint}`)
    const answer = await fetch(`http://127.0.0.1:${port}${ready}`).catch(() => null)
    if (answer && answer.status < 500) return { name, port, process: child, stop }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  await stop()
  throw new Error(`${name} did not answer in two minutes:\n${complaint}`)
}
