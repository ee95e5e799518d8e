// Lets a process run from the sources: names of compiled files mean those of their sources.
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (name, context, next) => {
    const isOurs = name.startsWith('.') && name.endsWith('.js') && !context.parentURL?.includes('/node_modules/');
    return next(isOurs ? `${name.slice(0, -3)}.ts` : name, context);
  },
});
