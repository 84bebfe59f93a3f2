import { TodoList } from './todo-list';

let list: TodoList | undefined;

/** Returns the list of a user: the same object for as long as the user is the same. */
export function listOf(userId: string): TodoList {
  if (list?.userId !== userId) list = new TodoList(userId);
  return list;
}
