export { AppModule } from './app.module.js';
export { createApp } from './create-app.js';
export { openApiDocument } from './openapi.js';
