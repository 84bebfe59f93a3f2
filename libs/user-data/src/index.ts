export { UserDataModule } from './user-data.module.js';
