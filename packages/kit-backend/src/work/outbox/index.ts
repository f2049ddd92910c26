export {
  Outbox,
  putMessages,
  type Message,
  type OutboxOptions,
  type Teller,
  type Told,
} from './outbox';
export {
  createOutbox,
  outboxTable,
  type OutboxRow,
  type OutboxTable,
} from './table';
