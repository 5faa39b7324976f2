import type { Action } from '../action.ts'

type Checked = { records: number; faults: number }

export const auditActions: readonly Action[] = [
  { operation: 'audit.retain', notice: 'audit_retention_chosen' },
  {
    operation: 'audit.check',
    notice: 'audit_checked_well',
    tell: (answer) => {
      const { records, faults } = answer as Checked
      return { values: { records, faults } }
    },
    noticeOf: (answer) => ((answer as Checked).faults > 0 ? 'audit_checked_faulty' : 'audit_checked_well'),
  },
]
