import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

/** A server under measurement. CPU is read from the operating system, so it covers every thread of the process. */
export type Measured = { name: string; port: number; process: ChildProcess; stop: () => Promise<void> }

const ticksPerSecond = 100
const graceMs = 15_000

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

const running = new Set<() => Promise<void>>()

/** Stops whatever was started here and still runs. */
export const stopAll = async () => {
  await Promise.all([...running].map((stop) => stop()))
}

/** Asked to end, and after a while made to. */
export const stopping = (child: ChildProcess) => {
  let ending: Promise<void> | undefined
  const stop = () => {
    ending ??= new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve()
      const force = setTimeout(() => child.kill('SIGKILL'), graceMs)
      child.once('exit', () => {
        clearTimeout(force)
        resolve()
      })
      child.kill('SIGTERM')
    }).finally(() => running.delete(stop))
    return ending
  }
  running.add(stop)
  return stop
}

/** Runs a program to its end, and answers what it printed. */
export const runProgram = async (args: string[], env: Record<string, string>): Promise<string> => {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  stopping(child)
  const said: Buffer[] = []
  const complaints: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${Buffer.concat(complaints)}`)
  return Buffer.concat(said).toString('utf8')
}

type Start = { port: number; ready: string; env?: Record<string, string>; folder?: string }

/** Starts a server and waits until `ready` answers below 500. */
export const startServer = async (
  name: string,
  args: string[],
  { port, ready, env = {}, folder }: Start,
): Promise<Measured> => {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(folder ? { cwd: folder } : {}),
  })
  let complaint = ''
  child.stderr?.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-4000)
  })
  const stop = stopping(child)
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${name} ended at its start:\n${complaint}`)
    const answer = await fetch(`http://127.0.0.1:${port}${ready}`).catch(() => null)
    if (answer && answer.status < 500) return { name, port, process: child, stop }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  await stop()
  throw new Error(`${name} did not answer in two minutes:\n${complaint}`)
}
