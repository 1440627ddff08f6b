import { useQuery } from '@tanstack/react-query';
import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useClient } from '../live/client-context.ts';
import { bytesText, countText, plural } from '../ui/format.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useActions } from './actions.tsx';

/** Scope and cost of clearing main's cache, asked for when the dialog opens. */
export function ClearDialog() {
  const client = useClient();
  const { dialog, openDialog, clearCache } = useActions();
  const open = dialog === 'clear';
  const { data, error } = useQuery({
    queryKey: ['cache.clearPreview'],
    queryFn: ({ signal }) => client.call('cache.clearPreview', {}, signal),
    enabled: open,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    networkMode: 'always',
  });
  const entries = data ? plural(data.entries, 'entry', 'entries') : null;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => openDialog(next ? 'clear' : 'none')}
      title={data ? `Clear ${entries} (${bytesText(data.bytes)})?` : 'Clear the app cache?'}
      keep="Keep"
      confirm={
        <AlertDialog.Close
          className="button danger"
          disabled={!data || data.entries === 0}
          onClick={() => clearCache()}
        >
          {entries === null ? 'Clear' : `Clear ${entries}`}
        </AlertDialog.Close>
      }
    >
      {data && (
        <p>
          {data.extraCalls === 0
            ? 'Nothing is loaded again for now. '
            : `What the pages show is loaded again at once: about ${plural(data.extraCalls, 'extra call', 'extra calls')}; the next minute makes about ${countText(data.nextMinuteCalls)} in all. `}
          Cards keep their last value until then. For 30 s it can be undone.
        </p>
      )}
      {!data && !error && <p>Counting what is stored…</p>}
      {error && <p>What is stored could not be counted: {error.message}</p>}
      <p className="muted">This is Cachedeck’s own cache. The orchestrator’s cache has its own button.</p>
    </ConfirmDialog>
  );
}
