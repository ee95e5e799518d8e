// Waiting for the disk takes a thread for each file, and a commit makes about eight durable at once; of its own accord
// Node has four. It is read when the first thread is needed, so this is loaded before everything else.
// eslint-disable-next-line no-restricted-properties -- libuv reads it there, before there is a configuration
process.env.UV_THREADPOOL_SIZE ??= '8';
