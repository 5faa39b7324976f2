// One process at a time may open the embedded database: a second writer would destroy it without a word.

import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, registerStatuses } from './failure.ts'

registerStatuses({ 'database.in_use': 503 })

/** When a process began, so that a reused process number is not taken for the owner. Linux only; elsewhere ''. */
const startOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

const isAlive = (pid: number, start: string): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return start === '' || startOf(pid) === start
}

const ownerOf = (file: string): { pid: number; start: string } | null => {
  try {
    const [pid = '', start = ''] = readFileSync(file, 'utf8').trim().split(' ')
    return Number(pid) > 0 ? { pid: Number(pid), start } : null
  } catch {
    return null
  }
}

const tryWrite = (file: string): boolean => {
  try {
    writeFileSync(file, `${process.pid} ${startOf(process.pid)}\n`, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Removes the lock of a process that is gone. The folder made here lets only one process do so at a time. */
const takeOver = (file: string): boolean => {
  const guard = `${file}.takeover`
  try {
    mkdirSync(guard)
  } catch {
    return false
  }
  try {
    const owner = ownerOf(file)
    if (owner && isAlive(owner.pid, owner.start)) return false
    rmSync(file, { force: true })
    return tryWrite(file)
  } finally {
    rmdirSync(guard)
  }
}

/** Locks a directory for this process; answers how to let go. Fails with `database.in_use` while another holds it. */
export const lockDirectory = (directory: string): (() => void) => {
  const file = join(directory, 'lock')
  const owner = ownerOf(file)
  const isHeld = tryWrite(file) || ((!owner || !isAlive(owner.pid, owner.start)) && takeOver(file))
  if (!isHeld) return fail('database.in_use', undefined, { directory, pid: ownerOf(file)?.pid })
  return () => rmSync(file, { force: true })
}
