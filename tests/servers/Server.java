import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;

/**
 * A real Neo4j Community server on loopback: java -cp 'lib/*' Server.java HOME [PORT]
 *
 * <p>Without PORT it takes a free one; the line "ready bolt://HOST:PORT" says which. It runs until it is asked to end
 * (SIGTERM) or its input closes, so it never outlives the program that started it.
 */
class Server {
    private static final String HOST = "127.0.0.1";

    // Below the ports that systems hand out to clients, so that nobody takes this one while the server restarts.
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 30_000;

    public static void main(String[] args) throws Exception {
        var port = args.length > 1 ? Integer.parseInt(args[1]) : freePort();
        var address = new SocketAddress(HOST, port);
        var service = new DatabaseManagementServiceBuilder(Path.of(args[0]).toAbsolutePath())
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, address)
            .setConfig(BoltConnector.advertised_address, address)
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(512))
            .setConfig(GraphDatabaseSettings.udc_enabled, false) // usage reports would leave the machine
            .build();
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
        System.out.println("ready bolt://" + address);
        while (System.in.read() >= 0) {
            // Nothing is asked of us but to stay until the input ends.
        }
        System.exit(0);
    }

    private static int freePort() throws Exception {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (var probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
                return port;
            } catch (java.net.BindException taken) {
                continue;
            }
        }
    }
}
