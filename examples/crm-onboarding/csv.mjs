// A small reader of CSV (RFC 4180): quotes, doubled quotes, either line end, and a byte order mark that spreadsheets write.

const cells = (text) => {
  const rows = [[]]
  const matches = text.replace(/^\ufeff/, '').matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/g)
  for (const [whole, cell, end] of matches) {
    if (whole === '' && end === '') break
    rows.at(-1).push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell.trim())
    if (end.endsWith('\n')) rows.push([])
    else if (end === '') break
  }
  return rows.filter((row) => row.some((cell) => cell !== ''))
}

const wanted = ['crm_id', 'name', 'handle', 'admin_email']

/** The customers of a file with the columns crm_id, name, handle and admin_email, in any order. */
export const readCustomers = (text) => {
  const [header = [], ...rows] = cells(text)
  const missing = wanted.filter((column) => !header.includes(column))
  if (missing.length > 0) throw new Error(`the file has no column ${missing.join(', ')}`)
  return rows.map((row) => {
    const at = (column) => row[header.indexOf(column)] ?? ''
    return { crmId: at('crm_id'), name: at('name'), handle: at('handle'), email: at('admin_email') }
  })
}
