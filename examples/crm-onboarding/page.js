/** Says whether a name in addresses is free, a moment after somebody has stopped typing. Only a creation settles it. */
const handle = document.querySelector('[name="handle"]')
const free = document.querySelector('#free')
let turn = 0

handle.addEventListener('input', async () => {
  turn += 1
  const mine = turn
  await new Promise((resolve) => setTimeout(resolve, 250))
  if (mine !== turn || handle.value === '') return
  const response = await fetch(`/check?${new URLSearchParams({ handle: handle.value })}`)
  const { available, reason } = await response.json()
  if (mine !== turn) return
  free.textContent = available ? 'Free' : `Not free (${reason})`
  free.dataset.available = String(available)
})
