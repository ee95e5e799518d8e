// What is measured in this process has as many threads for the disk as in the server; read before the first is needed.
process.env.UV_THREADPOOL_SIZE ??= '8';
