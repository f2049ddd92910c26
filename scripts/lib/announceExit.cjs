// Loaded into the backend by `npm start`: the development server keeps waiting for changes when the backend it started
// has died, and says nothing. This line tells.
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  process.on('exit', code => {
    if (code)
      process.stderr.write(`[fawkes] backend ended with code ${code}\n`);
  });
}
