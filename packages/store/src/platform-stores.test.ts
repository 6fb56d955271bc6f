import { memoryTables } from '@concord/testkit/memory-tables'
import { platformStoresContract } from '@concord/testkit/platform-stores-contract'

platformStoresContract('in memory', memoryTables)
