// Runs commands of operators, as test/support/command.ts asks.
import 'reflect-metadata';

process.on('disconnect', () => process.exit());

process.on('message', async ({ id, file, env, args }) => {
  const [command] = Object.values(await import(`../../dist/apps/cli/src/${file}.command.js`));
  try {
    const { exitCode, text } = await command(env, args);
    process.send?.({ id, code: exitCode, output: text });
  } catch (error) {
    process.send?.({ id, code: 1, output: String(Reflect.get(Object(error), 'message')) });
  }
});
