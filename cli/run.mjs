// Starts other programs and ends with them.

import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './place.mjs'
import { Refusal } from './say.mjs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
/** npm passes on the signal that the terminal sent to both of us; whoever asks twice on purpose needs longer. */
const sameSignalMs = 500

const parent = process.ppid
/** npm tells only the shell that it put between us, which dies without a word to its child. */
const isAbandoned = () => process.env.npm_lifecycle_event !== undefined && process.ppid !== parent

/** Sends what this process is told on to a child: politely once, and once more with force. */
const passOn = (child, kill) => {
  let toldAt = 0
  const told = (signal) => {
    if (toldAt !== 0 && Date.now() - toldAt < sameSignalMs) return
    kill(toldAt === 0 ? (signal === 'SIGHUP' ? 'SIGTERM' : signal) : 'SIGKILL')
    toldAt = Date.now()
  }
  for (const signal of signals) process.on(signal, told)
  const watch = setInterval(() => {
    if (!isAbandoned()) return
    clearInterval(watch)
    if (toldAt === 0) told('SIGTERM')
  }, 250)
  const stop = () => {
    clearInterval(watch)
    for (const signal of signals) process.off(signal, told)
  }
  child.once('close', stop)
  child.once('error', stop)
}

/** Runs a program without a word; what it said comes with the refusal when it fails. */
export const runQuietly = (label, command, args, env) =>
  new Promise((resolve, reject) => {
    const said = []
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    passOn(child, (signal) => child.kill(signal))
    child.stdout.on('data', (data) => said.push(data))
    child.stderr.on('data', (data) => said.push(data))
    child.once('error', (error) => reject(new Refusal(`${label} could not be started: ${error.message}`)))
    child.once('close', (code, signal) => {
      const log = Buffer.concat(said).toString('utf8')
      if (code === 0) resolve(log)
      else if (signal)
        reject(new Refusal(`${label} was stopped.`, { exitCode: 128 + (constants.signals[signal] ?? 0) }))
      else reject(new Refusal(`${label} failed (exit code ${code}).`, { log }))
    })
  })

/**
 * Hands everything over to a program and answers its exit code. A server stands in a process group of its own, so that a
 * Ctrl-C reaches it through us alone: once.
 */
export const handOver = (command, args, env, { isServer = false } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      detached: isServer,
      stdio: [isServer ? 'ignore' : 'inherit', 'inherit', 'inherit'],
    })
    passOn(child, (signal) => child.kill(signal))
    child.once('error', (error) => reject(new Refusal(`${command} could not be started: ${error.message}`)))
    child.once('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0)))
  })
