/** Calls back once when the process that started this one has died. An orphan gets another parent: that is how it knows. */
export function whenParentIsGone(then) {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    then()
  }, 500)
  watch.unref()
}
