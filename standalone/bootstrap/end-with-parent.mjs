import { whenParentIsGone } from './parent.mjs'

// Preloaded into the archive's process, so that killing the bootstrap, even with -9, stops the archive cleanly.
whenParentIsGone(() => process.kill(process.pid, 'SIGTERM'))
