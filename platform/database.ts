// The door to the database: units of work, and what other processes have to hear of.

export { announce, type Heard, listen } from './changes.ts'
export { globalTables } from './global-tables.ts'
export {
  asOrganization,
  beforeClose,
  closeDatabase,
  engine,
  openDatabase,
  outsideUnitOfWork,
  type Tx,
  useEngine,
  withOrganization,
  withPlatform,
} from './unit-of-work.ts'
