import { startGatewayService } from './compose.ts'

const gateway = await startGatewayService(process.env)

// The first signal closes in peace; a second one ends the process at once, as it does by default.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void gateway.close())
