import { Menu } from '@base-ui/react/menu';
import { useWindowActions } from './use-window-actions.ts';

/** What can be done with windows, as entries of a menu. */
export function WindowItems() {
  return (
    <>
      {useWindowActions().map(({ id, title, note, run }) => (
        <Menu.Item key={id} className="menu-item" onClick={run}>
          <span className="menu-check" />
          <span>
            {title}
            {note !== undefined && <span className="menu-note">{note}</span>}
          </span>
        </Menu.Item>
      ))}
      <Menu.Separator className="menu-line" />
    </>
  );
}
