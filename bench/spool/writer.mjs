// Keeps results and lets every other one go, as fast as the disk allows, and says what is certain: killed by its parent.
import { DurableList } from '../../libs/lab-client/dist/durable-list.js';
import { fileDisk } from '../../libs/lab-client/dist/disk.js';

const [, , path = '', first = '1'] = process.argv;
const list = await DurableList.open(path, fileDisk, (item) => item);
const words = 'x'.repeat(2000);
for (let id = Number(first); ; id++) {
  process.stdout.write(`begun ${id}\n`);
  await list.add({ id, words });
  process.stdout.write(`kept ${id}\n`);
  if (list.items.length < 4) continue;
  const oldest = list.items[0];
  process.stdout.write(`going ${oldest.id}\n`);
  await list.remove(oldest);
  process.stdout.write(`gone ${oldest.id}\n`);
}
