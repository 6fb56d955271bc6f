import java.lang.reflect.Field;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * Starts DynamoDB Local where nothing but this machine can reach it. Its own start listens on every address, and no option says
 * otherwise. Takes the options that it takes itself; `node local/loopback/build.ts` compiles it.
 */
public final class OnLoopback {
  public static void main(String[] options) throws Exception {
    DynamoDBProxyServer database = ServerRunner.createServerFromCommandLineArgs(options);
    Field field = DynamoDBProxyServer.class.getDeclaredField("server");
    field.setAccessible(true);
    for (Connector connector : ((Server) field.get(database)).getConnectors())
      ((ServerConnector) connector).setHost("127.0.0.1");
    database.start();
  }
}
