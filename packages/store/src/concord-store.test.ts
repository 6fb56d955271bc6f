import { concordStoreContract } from '@concord/testkit/concord-store-contract'
import { memoryTables } from '@concord/testkit/memory-tables'

concordStoreContract('in memory', memoryTables)
