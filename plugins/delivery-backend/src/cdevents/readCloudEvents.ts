import {
  inSlices,
  jsonItems,
  type JsonItemsLimits,
} from '@fawkes/kit-backend/http';
import {
  isBatch,
  parseCloudEvents,
  readBatchItem,
  type CloudEventReading,
  type Headers,
} from './parseCloudEvent';

/**
 * Reads the CloudEvents of one HTTP request. A batch is read event by event, so
 * that a large one does not keep other requests waiting.
 *
 * @throws PayloadTooLargeError when there are too many events
 */
export async function readCloudEvents(
  headers: Headers,
  body: string,
  limits: JsonItemsLimits,
): Promise<CloudEventReading[]> {
  if (!isBatch(headers) || !/^\s*\[/.test(body)) {
    return parseCloudEvents(headers, body);
  }
  const items = await jsonItems(body, limits);
  return inSlices(items, (item, index) =>
    'value' in item
      ? readBatchItem(item.value, index)
      : {
          ok: false,
          fault: { path: `[${index}]`, reason: item.fault.reason },
        },
  );
}
